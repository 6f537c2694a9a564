package com.example.provisioning.profile;

import org.jspecify.annotations.Nullable;

record Profile(@Nullable String handle, @Nullable String email) {}
