package com.example.provisioning.home;

import com.example.provisioning.identity.Person;
import com.example.provisioning.login.Login;
import com.example.provisioning.member.Members;
import com.example.provisioning.site.WorkspaceSection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class HomePage {

    private static final int AT_ONCE = 50;

    private final Login login;
    private final Members members;
    private final List<WorkspaceSection> sections;

    HomePage(Login login, Members members, List<WorkspaceSection> sections) {
        this.login = login;
        this.members = members;
        this.sections = sections;
    }

    @GetMapping("/")
    String home(Person person, @RequestParam(required = false) @Nullable UUID after, Model model) {
        var me = login.login(person);
        model.addAttribute("me", me);
        model.addAttribute("members", members.list(me.organization().id(), after, AT_ONCE));
        model.addAttribute("sections", sections);
        return "home";
    }
}
