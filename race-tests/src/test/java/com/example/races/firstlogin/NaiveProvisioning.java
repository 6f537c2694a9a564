package com.example.races.firstlogin;

import java.util.UUID;
import javax.sql.DataSource;

/** What many applications do: look, and insert under a random identifier if nothing is there. For broken twins. */
final class NaiveProvisioning {

    private final OrganizationTable organizations;

    NaiveProvisioning(DataSource application) {
        this.organizations = new OrganizationTable(application);
    }

    UUID organizationOf(String company) {
        return organizations.inTransaction(() -> organizations.find(company)
                .orElseGet(() -> organizations.insert(UUID.randomUUID(), company)));
    }
}
