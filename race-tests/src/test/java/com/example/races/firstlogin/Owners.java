package com.example.races.firstlogin;

import static com.example.races.RaceDatabase.sql;

import java.util.UUID;

/** Who owns an organization, asked of the database: what an answer says about it is another matter. */
final class Owners {

    private Owners() {}

    static long of(UUID organization) {
        return sql().sql("select count(*) from membership where organization_id = ? and role = 'OWNER'")
                .param(organization)
                .query(Long.class)
                .single();
    }
}
