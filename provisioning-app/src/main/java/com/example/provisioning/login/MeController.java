package com.example.provisioning.login;

import com.example.provisioning.identity.TokenReader;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class MeController {

    private final TokenReader tokens;
    private final Login login;

    MeController(TokenReader tokens, Login login) {
        this.tokens = tokens;
        this.login = login;
    }

    @GetMapping("/api/me")
    Me me(@AuthenticationPrincipal Jwt token) {
        return login.login(tokens.read(token));
    }
}
