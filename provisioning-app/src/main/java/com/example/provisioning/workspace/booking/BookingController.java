package com.example.provisioning.workspace.booking;

import com.example.provisioning.access.Member;
import com.example.provisioning.page.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/workspaces/{workspaceId}/resources/{resourceId}/bookings")
class BookingController {

    record Wish(@Min(1) @Max(100_000) int places) {}

    private final Bookings bookings;

    BookingController(Bookings bookings) {
        this.bookings = bookings;
    }

    @PostMapping
    ResponseEntity<Booking> book(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable UUID resourceId,
            @Valid @RequestBody Wish wish) {
        var booking = bookings.book(member, resourceId, wish.places());
        return ResponseEntity.created(URI.create("/api/workspaces/%s/resources/%s/bookings/%s"
                        .formatted(workspaceId, resourceId, booking.id())))
                .body(booking);
    }

    @GetMapping
    Page<Booking> list(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable UUID resourceId,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit) {
        return bookings.list(workspaceId, resourceId, after, limit);
    }

    /** One's own; an owner of the organization cancels any. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(
            Member member, @PathVariable UUID workspaceId, @PathVariable UUID resourceId, @PathVariable UUID id) {
        bookings.cancel(member, resourceId, id);
    }
}
