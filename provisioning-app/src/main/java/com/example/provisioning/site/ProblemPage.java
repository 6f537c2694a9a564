package com.example.provisioning.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** A browser that asks for a page gets the problem as a page. Programs get the same problem as JSON. */
class ProblemPage extends AbstractHttpMessageConverter<ProblemDetail> {

    private final ITemplateEngine templates;

    ProblemPage(ITemplateEngine templates) {
        super(StandardCharsets.UTF_8, MediaType.TEXT_HTML);
        this.templates = templates;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == ProblemDetail.class;
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected ProblemDetail readInternal(Class<? extends ProblemDetail> type, HttpInputMessage input) {
        throw new HttpMessageNotReadableException("Nobody sends problems", input);
    }

    @Override
    protected void writeInternal(ProblemDetail problem, HttpOutputMessage output) throws IOException {
        var page = templates.process("problem", new Context(Locale.ENGLISH, Map.of("problem", problem)));
        output.getBody().write(page.getBytes(StandardCharsets.UTF_8));
    }
}
