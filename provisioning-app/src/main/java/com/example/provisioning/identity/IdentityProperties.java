package com.example.provisioning.identity;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param companyClaim the claim that names the bearer's company
 * @param publicMailboxDomains domains whose addresses say nothing about a company
 */
@ConfigurationProperties("provisioning")
record IdentityProperties(
        @DefaultValue("company") String companyClaim, @DefaultValue Set<String> publicMailboxDomains) {}
