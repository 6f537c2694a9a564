package com.example.races.dedupe;

import com.example.races.Answer;
import com.example.races.Colleague;
import com.example.races.RaceDatabase;
import java.util.Map;

/** The request for a new document, under an Idempotency-Key. */
record KeyedRequest(Colleague sender, String key) {

    static Map<String, String> document(String title) {
        return Map.of("title", title, "text", "");
    }

    Answer create(String title) {
        return sender.with("Idempotency-Key", key).post(document(title), "/documents");
    }

    /** It was used, and for so long that it may be used again. */
    void expire() {
        create("Minutes").mustBe("201");
        RaceDatabase.sql()
                .sql("update idempotency_key set created_at = created_at - interval '25 hours' where key = ?")
                .param(key)
                .update();
    }
}
