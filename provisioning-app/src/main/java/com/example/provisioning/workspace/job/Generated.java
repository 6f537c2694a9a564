package com.example.provisioning.workspace.job;

/** @param generation of the job that made it */
public record Generated(Kind kind, long generation, String text) {}
