package com.example.provisioning.idempotency;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The keys of the last 24 hours. An older one is as good as new, whether it was deleted yet or not. */
@Component
class IdempotencyKeys {

    private final JdbcClient sql;

    IdempotencyKeys(JdbcClient sql) {
        this.sql = sql;
    }

    /** Waits for whoever claims the same key at this moment. False if it was used, and there is an answer. */
    boolean claim(String caller, String key, String fingerprint) {
        return sql.sql("""
                        insert into idempotency_key (caller, key, fingerprint) values (?, ?, ?)
                        on conflict (caller, key) do update
                           set fingerprint = excluded.fingerprint, created_at = excluded.created_at, status = null
                         where idempotency_key.created_at <= now() - interval '24 hours'
                        """)
                        .params(caller, key, fingerprint)
                        .update()
                == 1;
    }

    Optional<Answer> find(String caller, String key) {
        return sql.sql("""
                        select fingerprint, status, content_type, location, etag, body from idempotency_key
                         where caller = ? and key = ?
                        """).params(caller, key).query(Answer.class).optional();
    }

    void answer(String caller, String key, Answer answer) {
        sql.sql("""
                        update idempotency_key set status = ?, content_type = ?, location = ?, etag = ?, body = ?
                         where caller = ? and key = ?
                        """)
                .params(answer.status(), answer.contentType(), answer.location(), answer.etag(), answer.body())
                .param(caller)
                .param(key)
                .update();
    }

    int deleteExpired() {
        return sql.sql("delete from idempotency_key where created_at <= now() - interval '24 hours'").update();
    }

    @Bean
    RecurringTask<Void> idempotencyKeysExpire() {
        return Tasks.recurring("idempotency-keys-expire", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> deleteExpired());
    }
}
