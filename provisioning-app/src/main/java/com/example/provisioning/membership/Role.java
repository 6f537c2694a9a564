package com.example.provisioning.membership;

public enum Role {
    OWNER,
    MEMBER
}
