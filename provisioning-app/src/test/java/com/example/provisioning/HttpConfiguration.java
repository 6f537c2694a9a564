package com.example.provisioning;

import static java.net.http.HttpClient.Version.HTTP_1_1;

import java.net.http.HttpClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.resttestclient.autoconfigure.RestTestClientBuilderCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.http.server.LocalTestWebServer;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.context.WebApplicationContext;

/**
 * One HTTP client for all tests. With Boot's own, each client that is made of it starts threads of its own, and makes
 * converters of its own.
 */
@TestConfiguration(proxyBeanMethods = false)
class HttpConfiguration {

    @Bean
    RestTestClient restTestClient(
            WebApplicationContext application, ObjectProvider<RestTestClientBuilderCustomizer> customizers) {
        var http = HttpClient.newBuilder().version(HTTP_1_1).build();
        var builder = RestTestClient.bindToServer(new JdkClientHttpRequestFactory(http))
                .uriBuilderFactory(LocalTestWebServer.obtain(application).uriBuilderFactory())
                .configureMessageConverters(
                        converters -> converters.withJsonConverter(new JacksonJsonHttpMessageConverter()));
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }
}
