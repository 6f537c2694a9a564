package com.example.provisioning.home;

import com.example.provisioning.identity.Person;
import com.example.provisioning.login.Login;
import com.example.provisioning.member.Members;
import com.example.provisioning.site.WorkspaceSection;
import java.util.List;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class HomePage {

    private final Login login;
    private final Members members;
    private final List<WorkspaceSection> sections;

    HomePage(Login login, Members members, List<WorkspaceSection> sections) {
        this.login = login;
        this.members = members;
        this.sections = sections;
    }

    @GetMapping("/")
    String home(Person person, Pageable page, Model model) {
        var me = login.login(person);
        model.addAttribute("me", me);
        model.addAttribute("members", members.list(me.organization().id(), page));
        model.addAttribute("sections", sections);
        return "home";
    }
}
