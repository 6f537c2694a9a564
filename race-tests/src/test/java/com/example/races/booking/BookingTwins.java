package com.example.races.booking;

import com.example.races.Transactions;
import java.util.UUID;

/** Ways to book one place of a resource that are in use out there, most of them wrong. */
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
        return transactions.sql(query).param(resource).query(Integer.class).single();
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
