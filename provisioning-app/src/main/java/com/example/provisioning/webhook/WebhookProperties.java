package com.example.provisioning.webhook;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param secret as the sender shows it: {@code whsec_} and Base64; without it nothing is accepted */
@ConfigurationProperties("provisioning.webhook")
record WebhookProperties(@Nullable String secret) {}
