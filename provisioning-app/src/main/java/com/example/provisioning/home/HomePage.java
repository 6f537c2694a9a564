package com.example.provisioning.home;

import com.example.provisioning.identity.Person;
import com.example.provisioning.login.Login;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class HomePage {

    private final Login login;

    HomePage(Login login) {
        this.login = login;
    }

    @GetMapping("/")
    String home(Person person, Model model) {
        model.addAttribute("me", login.login(person));
        return "home";
    }
}
