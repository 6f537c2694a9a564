package com.example.races;

import java.util.UUID;

/** Who owns an organization, asked of the database: what an answer says about it is another matter. */
public final class Owners {

    private Owners() {}

    public static long of(UUID organization) {
        return RaceDatabase.sql().sql("select count(*) from membership where organization_id = ? and role = 'OWNER'")
                .param(organization)
                .query(Long.class)
                .single();
    }
}
