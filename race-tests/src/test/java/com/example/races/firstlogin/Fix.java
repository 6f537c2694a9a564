package com.example.races.firstlogin;

import static org.springframework.transaction.TransactionDefinition.ISOLATION_SERIALIZABLE;

import java.util.UUID;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;

/**
 * The ways to create an organization once that are in use out there and right, each for READ COMMITTED unless it says
 * otherwise.
 */
enum Fix {
    /** What the application does: one transaction fails, another one finds what the winner left. */
    LOOK_AGAIN_IN_A_NEW_TRANSACTION {
        @Override
        UUID organizationOf(String company, OrganizationTable organizations) {
            try {
                return organizations.inTransaction(() -> findOrInsert(company, organizations));
            } catch (DuplicateKeyException lost) {
                return organizations.inTransaction(() -> organizations.find(company)).orElseThrow();
            }
        }
    },

    /** The violation undoes the savepoint only, and the transaction around it sees what was committed meanwhile. */
    SAVEPOINT {
        @Override
        UUID organizationOf(String company, OrganizationTable organizations) {
            return organizations.inTransaction(() -> {
                try {
                    return organizations.inSavepoint(() -> findOrInsert(company, organizations));
                } catch (DuplicateKeyException lost) {
                    return organizations.find(company).orElseThrow();
                }
            });
        }
    },

    /**
     * No violation at all; but the INSERT says nothing about the winner's row, so it is read in a statement of its
     * own.
     */
    ON_CONFLICT_AND_READ {
        @Override
        UUID organizationOf(String company, OrganizationTable organizations) {
            return organizations.inTransaction(() -> organizations.find(company).orElseGet(() -> {
                organizations.insertUnlessThere(company);
                return organizations.find(company).orElseThrow();
            }));
        }
    },

    /**
     * Nobody even looks before the one in front has committed. It holds as long as everybody who inserts takes the
     * lock.
     */
    LOCK_ON_THE_NAME_BEFORE_THE_CHECK {
        @Override
        UUID organizationOf(String company, OrganizationTable organizations) {
            return organizations.inTransaction(() -> {
                organizations.lock(company);
                return findOrInsert(company, organizations);
            });
        }
    },

    /**
     * The server notices that no serial order explains what both have read; who is refused does everything again.
     * That is 40001, or 23505 if a unique index speaks first that the check has not read.
     */
    SERIALIZABLE_AND_TRY_AGAIN {
        @Override
        UUID organizationOf(String company, OrganizationTable organizations) {
            while (true) {
                try {
                    return organizations.inTransaction(
                            ISOLATION_SERIALIZABLE, () -> findOrInsert(company, organizations));
                } catch (ConcurrencyFailureException | DuplicateKeyException refused) {
                    continue;
                }
            }
        }
    };

    abstract UUID organizationOf(String company, OrganizationTable organizations);

    private static UUID findOrInsert(String company, OrganizationTable organizations) {
        return organizations.find(company).orElseGet(() -> organizations.insert(company));
    }
}
