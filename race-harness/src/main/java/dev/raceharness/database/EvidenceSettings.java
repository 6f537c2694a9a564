package dev.raceharness.database;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The server settings that the evidence needs, from the one list of them. */
final class EvidenceSettings {
    private EvidenceSettings() {}

    static Map<String, String> all() {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Resource.text("evidence-settings.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var settings = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    /**
     * All of them, and no durability: for a server whose data nobody wants to see again. Its table of locks has the size that
     * it has by default with 100 connections: every look at who waits for whom reads the whole of it.
     */
    static Map<String, String> ofThrowawayServer() {
        var settings = all();
        settings.put("max_locks_per_transaction", "22");
        settings.put("fsync", "off");
        settings.put("synchronous_commit", "off");
        settings.put("full_page_writes", "off");
        return settings;
    }
}
