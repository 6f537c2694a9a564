package com.example.provisioning.workspace.booking;

import java.util.UUID;

/** A room, a course, a table: something of which there are so many places and no more. */
public record Resource(UUID id, String name, int capacity, int booked) {

    int free() {
        return capacity - booked;
    }
}
