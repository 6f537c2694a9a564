package com.example.provisioning.login;

import com.example.provisioning.identity.Person;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class MeController {

    private final Login login;

    MeController(Login login) {
        this.login = login;
    }

    @GetMapping("/api/me")
    Me me(Person person) {
        return login.login(person);
    }
}
