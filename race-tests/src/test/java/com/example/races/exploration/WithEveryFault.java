package com.example.races.exploration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An exploration with each kind of fault at each gate. It takes minutes, so the usual build leaves it out. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Tag("every-race-explored")
@ParameterizedTest
@MethodSource("com.example.races.exploration.Faults#all")
public @interface WithEveryFault {}
