package com.example.provisioning.access;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration implements WebMvcConfigurer {

    private final PersonArgument people;
    private final MemberArgument members;

    AccessConfiguration(PersonArgument people, MemberArgument members) {
        this.people = people;
        this.members = members;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(people);
        resolvers.add(members);
    }
}
