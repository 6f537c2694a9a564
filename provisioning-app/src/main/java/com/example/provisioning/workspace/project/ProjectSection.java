package com.example.provisioning.workspace.project;

/** Something to do with a project. Its page loads all there are: a deleted package takes its section with it. */
public interface ProjectSection {

    /** Below the project's own address. */
    String path();

    String title();
}
