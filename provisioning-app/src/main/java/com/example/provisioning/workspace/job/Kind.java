package com.example.provisioning.workspace.job;

public enum Kind {
    SUMMARY,
    OUTLINE
}
