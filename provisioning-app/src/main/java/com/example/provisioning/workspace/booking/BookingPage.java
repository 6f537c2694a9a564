package com.example.provisioning.workspace.booking;

import static com.example.provisioning.membership.Role.OWNER;

import com.example.provisioning.access.Member;
import com.example.provisioning.site.WorkspaceSection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Who comes too late sees how many places are left, on the page where they can take fewer. */
@Controller
@Order(3)
@RequestMapping("/workspaces/{workspaceId}/resources")
class BookingPage implements WorkspaceSection {

    record NewResource(@NotBlank @Size(max = 255) String name, @Min(1) @Max(100_000) int capacity) {}

    record Wish(@Min(1) @Max(100_000) int places) {}

    private static final int AT_ONCE = 50;

    private final Resources resources;
    private final Bookings bookings;

    BookingPage(Resources resources, Bookings bookings) {
        this.resources = resources;
        this.bookings = bookings;
    }

    @Override
    public String title() {
        return "Bookings";
    }

    @Override
    public String path() {
        return "resources";
    }

    @GetMapping
    String list(
            Member member,
            @PathVariable UUID workspaceId,
            @RequestParam(required = false) @Nullable UUID after,
            Model model) {
        model.addAttribute("resources", resources.list(workspaceId, after, AT_ONCE));
        return "booking/list";
    }

    @PostMapping
    String create(Member member, @PathVariable UUID workspaceId, @Valid NewResource wanted) {
        var resource = resources.create(member, wanted.name(), wanted.capacity());
        return "redirect:/workspaces/%s/resources/%s".formatted(workspaceId, resource.id());
    }

    @GetMapping("/{id}")
    ModelAndView read(
            Member member,
            @PathVariable UUID workspaceId,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID after) {
        return page(member, workspaceId, id, after);
    }

    @PostMapping("/{id}/bookings")
    ModelAndView book(Member member, @PathVariable UUID workspaceId, @PathVariable UUID id, @Valid Wish wish) {
        try {
            bookings.book(member, id, wish.places());
            return new ModelAndView("redirect:/workspaces/%s/resources/%s?booked".formatted(workspaceId, id));
        } catch (FullyBookedException full) {
            var page = page(member, workspaceId, id, null).addObject("problem", full.getBody());
            page.setStatus(HttpStatus.CONFLICT);
            return page;
        }
    }

    @PostMapping("/{id}/bookings/{bookingId}/cancel")
    String cancel(Member member, @PathVariable UUID workspaceId, @PathVariable UUID id, @PathVariable UUID bookingId) {
        bookings.cancel(member, id, bookingId);
        return "redirect:/workspaces/%s/resources/%s?cancelled".formatted(workspaceId, id);
    }

    private ModelAndView page(Member member, UUID workspaceId, UUID id, @Nullable UUID after) {
        return new ModelAndView("booking/resource")
                .addObject("resource", resources.get(workspaceId, id))
                .addObject("bookings", bookings.list(workspaceId, id, after, AT_ONCE))
                .addObject("me", member.userId())
                .addObject("owner", member.role() == OWNER);
    }
}
