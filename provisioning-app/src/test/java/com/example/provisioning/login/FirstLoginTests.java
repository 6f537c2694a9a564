package com.example.provisioning.login;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.membership.Role;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@ApplicationTest
class FirstLoginTests {

    @Autowired
    Caller caller;

    @Autowired
    Tables tables;

    @Test
    void createsOneRowInEachTable() {
        var company = newCompany();
        int before = tables.everything().size();

        var me = caller.login(somebody(Map.of("company", company, "email", "founder@company.example")));

        assertThat(me.organization().name()).isEqualTo(company);
        assertThat(me.user().email()).isEqualTo("founder@company.example");
        assertThat(me.role()).isEqualTo(Role.OWNER);
        assertThat(tables.everything()).hasSize(before + 5);
        assertThat(tables.sql("""
                        select count(*) from membership m
                          join workspace w on w.organization_id = m.organization_id and w.is_default
                         where m.organization_id = ? and m.user_id = ? and w.id = ? and m.role = 'OWNER'
                        """)
                        .params(me.organization().id(), me.user().id(), me.workspace().id())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void returningCostsOneQueryAndNoWrite(@Autowired EntityManagerFactory entityManagers) {
        var person = somebody(Map.of("company", newCompany()));
        var first = caller.login(person);
        var written = tables.everything();
        var statistics = entityManagers.unwrap(SessionFactory.class).getStatistics();
        statistics.setStatisticsEnabled(true);
        statistics.clear();

        var second = caller.login(person);

        assertThat(statistics.getPrepareStatementCount()).isEqualTo(1);
        assertThat(second).isEqualTo(first);
        assertThat(tables.everything()).isEqualTo(written);
    }

    @Test
    void colleagueJoinsAsMember() {
        var company = newCompany();
        var founder = caller.login(somebody(Map.of("company", company)));

        var colleague = caller.login(somebody(Map.of("company", company)));

        assertThat(colleague.organization()).isEqualTo(founder.organization());
        assertThat(colleague.workspace()).isEqualTo(founder.workspace());
        assertThat(colleague.user()).isNotEqualTo(founder.user());
        assertThat(colleague.role()).isEqualTo(Role.MEMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "acm\u00e9 %s",
        "ACM\u00c9 %s ",
        "Acme\u0301 %s", // decomposed
        "\uff21\uff23\uff2d\u00c9\u3000%s", // full width
        "ac\u200bm\u00e9   %s" // with a space that nobody sees
    })
    void spellingsOfOneNameMeetInOneOrganization(String spelling) {
        var number = UUID.randomUUID();
        var founder = caller.login(somebody(Map.of("company", "Acm\u00e9 " + number)));

        var colleague = caller.login(somebody(Map.of("company", spelling.formatted(number))));

        assertThat(colleague.organization()).isEqualTo(founder.organization());
    }

    @Test
    void verifiedAddressesOfOneDomainMeetInOneOrganization() {
        var domain = UUID.randomUUID() + ".example";
        var founder = caller.login(somebody(Map.of("email", "ada@" + domain, "email_verified", true)));

        var colleague = caller.login(somebody(Map.of("email", "Ben@" + domain.toUpperCase(), "email_verified", true)));

        assertThat(founder.organization().name()).isEqualTo(domain);
        assertThat(colleague.organization()).isEqualTo(founder.organization());
    }

    @Test
    void unverifiedAddressOpensNoCompanysDoor() {
        var domain = UUID.randomUUID() + ".example";
        var insider = caller.login(somebody(Map.of("email", "ada@" + domain, "email_verified", true)));

        var stranger = caller.login(somebody(Map.of("email", "mallory@" + domain, "email_verified", false)));

        assertThat(stranger.organization()).isNotEqualTo(insider.organization());
        assertThat(stranger.role()).isEqualTo(Role.OWNER);
    }

    @Test
    void peopleWithPublicMailboxesShareNothing() {
        var one = caller.login(somebody(Map.of("email", "one@gmail.com", "email_verified", true)));

        var other = caller.login(somebody(Map.of("email", "other@GMail.com.", "email_verified", true)));

        assertThat(one.role()).isEqualTo(Role.OWNER);
        assertThat(other.role()).isEqualTo(Role.OWNER);
        assertThat(other.organization()).isNotEqualTo(one.organization());
    }
}
