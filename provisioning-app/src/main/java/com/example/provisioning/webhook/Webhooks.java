package com.example.provisioning.webhook;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** Executes deliveries, each once. What nobody handles is remembered as well; all are forgotten after 7 days. */
@Service
class Webhooks {

    private final JdbcClient sql;
    private final List<WebhookHandler> handlers;

    Webhooks(JdbcClient sql, List<WebhookHandler> handlers) {
        this.sql = sql;
        this.handlers = handlers;
    }

    @Transactional
    public void receive(String id, String type, JsonNode data) {
        int first = sql.sql("insert into webhook_delivery (id) values (?) on conflict do nothing").param(id).update();
        if (first == 1) {
            handlers.stream().filter(handler -> handler.type().equals(type)).forEach(handler -> handler.handle(data));
        }
    }

    int deleteOld() {
        return sql.sql("delete from webhook_delivery where received_at <= now() - interval '7 days'").update();
    }

    @Bean
    RecurringTask<Void> webhookDeliveriesExpire() {
        return Tasks.recurring("webhook-deliveries-expire", FixedDelay.of(Duration.ofHours(6)))
                .execute((instance, context) -> deleteOld());
    }
}
