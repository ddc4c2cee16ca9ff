package dev.sluice.engine.node;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.secret.MasterKeys;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Where the master keys come from. */
public final class MasterKeyFile {
    private MasterKeyFile() {}

    /** The keys; throws {@link StartFailure} with what to do. */
    public static MasterKeys read(EngineConfig.Security security) {
        try {
            return MasterKeys.read(security.masterKeyFile(), security.createMasterKey());
        } catch (NoSuchFileException e) {
            throw new StartFailure(
                    "security.masterKeyFile %s is not there: every node needs the same key; copy it from another node, or for a new installation make one with: (umask 077; echo 1:$(openssl rand -base64 32) > %s)"
                            .formatted(security.masterKeyFile(), security.masterKeyFile()),
                    e);
        } catch (AccessDeniedException e) {
            throw new StartFailure("security.masterKeyFile %s may not be read".formatted(security.masterKeyFile()), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartFailure(
                    "security.masterKeyFile %s cannot be used: %s".formatted(security.masterKeyFile(), e.getMessage()),
                    e);
        }
    }
}
