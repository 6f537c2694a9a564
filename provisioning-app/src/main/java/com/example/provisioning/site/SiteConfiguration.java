package com.example.provisioning.site;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.thymeleaf.ITemplateEngine;

@Configuration(proxyBeanMethods = false)
class SiteConfiguration implements WebMvcConfigurer {

    private final ITemplateEngine templates;

    SiteConfiguration(ITemplateEngine templates) {
        this.templates = templates;
    }

    /** Last: whoever does not say what they want gets JSON. */
    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.configureMessageConvertersList(all -> all.add(new ProblemPage(templates)));
    }
}
