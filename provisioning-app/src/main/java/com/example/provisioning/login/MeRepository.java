package com.example.provisioning.login;

import com.example.provisioning.membership.Membership;
import java.util.Optional;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface MeRepository extends Repository<Membership, Membership.Key> {

    /** The only statement that a returning person costs. */
    @Query("""
            select new com.example.provisioning.login.Me(u, o, w, m)
              from Membership m
              join User u on u.id = m.userId
              join Organization o on o.id = m.organizationId
              join Workspace w on w.organizationId = o.id and w.isDefault
             where u.issuer = :issuer and u.subject = :subject and o.key = :organizationKey
            """)
    Optional<Me> find(String issuer, String subject, String organizationKey);
}
