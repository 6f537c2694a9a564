package com.example.races.booking;

import com.example.races.Transactions;
import java.util.UUID;

/** Ways to book one place of a resource, or to give places back, that are in use out there, most of them wrong. */
record BookingTwins(Transactions transactions, UUID resource, UUID user) {

    boolean readAndWriteBack() {
        return transactions.in(() -> {
            int booked = counted();
            if (booked == capacity()) {
                return false;
            }
            transactions.sql("update resource set booked = ? where id = ?").params(booked + 1, resource).update();
            return insert();
        });
    }

    boolean countAndInsert(int isolation) {
        return transactions.in(isolation, () -> placesOfBookings() < capacity() && insert());
    }

    boolean compareThenCount() {
        return transactions.in(() -> counted() < capacity() && count() && insert());
    }

    boolean lockThenCompare() {
        return transactions.in(() -> {
            number("select capacity from resource where id = ? for update");
            return counted() < capacity() && count() && insert();
        });
    }

    boolean readAndDelete(UUID booking) {
        return transactions.in(() -> {
            int places = number("select places from booking where id = ?", booking);
            transactions.sql("delete from booking where id = ?").param(booking).update();
            return countDown(places);
        });
    }

    int counted() {
        return number("select booked from resource where id = ?");
    }

    int placesOfBookings() {
        return number("select coalesce(sum(places), 0) from booking where resource_id = ?");
    }

    private int capacity() {
        return number("select capacity from resource where id = ?");
    }

    private int number(String query) {
        return number(query, resource);
    }

    private int number(String query, UUID of) {
        return transactions.sql(query).param(of).query(Integer.class).single();
    }

    private boolean countDown(int places) {
        return transactions.sql("update resource set booked = booked - ? where id = ?").params(places, resource).update() == 1;
    }

    private boolean count() {
        return transactions.sql("update resource set booked = booked + 1 where id = ?").param(resource).update() == 1;
    }

    boolean insert() {
        return transactions.sql("insert into booking (id, resource_id, user_id, places) values (?, ?, ?, 1)")
                        .params(UUID.randomUUID(), resource, user)
                        .update()
                == 1;
    }
}
