package com.example.races.protection;

/**
 * Words of a statement that compare what others may have changed: the row is written only if they hold, also for whoever
 * has waited for another transaction.
 *
 * @param name what is compared, and when
 * @param bean that sends the statement
 * @param statement a part of it that no other one of the same bean has
 * @param race as in {@link Protection}
 * @param red as in {@link Protection}
 */
record Comparison(String name, String bean, String statement, String words, String race, String red) {

    Protection asProtection() {
        return Protection.code(
                name,
                application -> TakenAway.comparison(application.getBean(bean), statement, words),
                race,
                red);
    }

    boolean is(Condition condition) {
        return words.equals(condition.words())
                && condition.statement().contains(statement)
                && condition.type().equalsIgnoreCase(bean);
    }
}
