package dev.raceharness.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "race",
        mixinStandardHelpOptions = true,
        versionProvider = RaceCommand.Version.class,
        description = "Forces races between the PostgreSQL transactions of any application, in any language.",
        exitCodeListHeading = "%nExit status%n",
        exitCodeList = {
            "0:no anomaly, expectations met",
            "1:an anomaly, or an expectation missed",
            "2:wrong use, or the database cannot be used",
            "3:the race did not take place",
            "4:fault or time-out of the harness"
        },
        footerHeading = "%nFor instance%n",
        footer = {
            "  race check --test-database shop_test \\",
            "    --racer 'curl -s localhost:3000/users -d email={run}@example.org' \\",
            "    --racer 'curl -s localhost:3000/users -d email={run}@example.org'"
        })
final class RaceCommand implements Runnable {

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = RaceCommand.class.getPackage().getImplementationVersion();
            return new String[] {"race " + (version == null ? "(not from its jar)" : version)};
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "A command is missing: check, force, replay, status or remove.");
    }

    static CommandLine in(Console console) {
        return new CommandLine(new RaceCommand())
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(new ForceCommand(console))
                .addSubcommand(new ReplayCommand(console))
                .addSubcommand(new StatusCommand(console))
                .addSubcommand(new RemoveCommand(console))
                .addSubcommand(new CompletionCommand(console));
    }
}
