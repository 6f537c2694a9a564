package com.example.provisioning.site;

/** Something to do in a workspace. Home links to all there are: a package that is deleted takes its link with it. */
public interface WorkspaceSection {

    String title();

    /** Below the workspace's own address. */
    String path();
}
