package com.example.races.firstlogin;

import com.example.provisioning.identity.OrganizationName;
import java.util.Locale;

/** What the application makes of the name of a company, for code that reaches the tables by another way. */
final class CompanyName {

    private CompanyName() {}

    /** Right for names that differ in capitals only: the application knows more spellings. */
    static OrganizationName of(String company) {
        return new OrganizationName("company:" + company.toLowerCase(Locale.ROOT), company);
    }
}
