package dev.sluice.loadtest.load;

import dev.sluice.loadtest.scenario.Scenario;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --engine} and what belongs to it: an engine that runs already. */
final class RemoteOptions {
    /** What a header can carry. */
    private static final String VISIBLE = "[!-~]+";

    private static final int MOST_PORT = 65_535;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--engine",
            paramLabel = "URL",
            description = {
                "Send to an engine that runs already; only to this address. Needs a key and --channel. It is asked once a second who is settled.",
                "发送到已在运行的引擎（仅此地址）；需要密钥与 --channel。每秒询问一次完成人数。"
            })
    private String engine;

    @Option(
            names = "--key",
            defaultValue = "${env:SLUICE_LOAD_KEY}",
            paramLabel = "KEY",
            description = {
                "With --engine: its send key (default: from SLUICE_LOAD_KEY).",
                "与 --engine 一起使用：该引擎的发送密钥（默认取环境变量 SLUICE_LOAD_KEY）。"
            })
    private String key;

    @Option(
            names = "--channel",
            paramLabel = "NAME",
            description = {"With --engine: the name of a channel there.", "与 --engine 一起使用：该引擎的通道名。"})
    private String channel;

    @Option(
            names = "--people-prefix",
            defaultValue = "user",
            paramLabel = "TEXT",
            description = {
                "With --engine: its people are this and six digits (default: ${DEFAULT-VALUE}).",
                "与 --engine 一起使用：人员 ID 为该前缀加六位数字（默认 ${DEFAULT-VALUE}）。"
            })
    private String peoplePrefix;

    /** The engine that is named, if one is and the scenario can be run there. */
    Optional<LoadOptions.Remote> read(Scenario scenario) {
        if (engine == null) {
            Stream.of("--key", "--channel", "--people-prefix").forEach(this::refuse);
            return Optional.empty();
        }
        Optional<URI> base = base();
        require(base.isPresent(), "--engine: must be a URL such as http://127.0.0.1:8080");
        require(key != null, "--engine: needs its send key: set SLUICE_LOAD_KEY, or give --key");
        require(
                key.matches(VISIBLE),
                "--key: a key is not empty and has no blanks, line ends or letters beyond ASCII: copy it again");
        require(channel != null, "--engine: needs --channel, the name of a channel there");
        require(
                scenario.tenants().size() == 1 && scenario.tenants().getFirst().count() == 1,
                "--engine: takes a scenario with one tenant, since one key is one tenant");
        require(
                scenario.faults().isEmpty() && scenario.search().isEmpty(),
                "--engine: takes no scenario with faults or a search");
        return base.map(address -> new LoadOptions.Remote(address, key, channel, peoplePrefix));
    }

    /** Who gives it means another engine than that of a stage of our own. */
    private void refuse(String option) {
        boolean given = spec.commandLine().getParseResult().hasMatchedOption(option);
        require(!given, option + ": belongs to --engine");
    }

    /** Empty where nobody can be called. */
    private Optional<URI> base() {
        try {
            URI address = new URI(engine);
            boolean callable = engine.matches("https?://[^/?#@]+/?")
                    && address.getHost() != null
                    && address.getPort() <= MOST_PORT;
            return callable ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    /** Arguments as they were typed, without the key. */
    List<String> withoutKey(List<String> arguments) {
        return arguments.stream()
                .map(argument -> argument.equals(key) ? "..." : argument.replaceAll("^--key=.*", "--key=..."))
                .toList();
    }

    private void require(boolean holds, String sentence) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }
}
