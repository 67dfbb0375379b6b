package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.Wiring;
import dev.rocket.core.model.TaskEdit;
import dev.rocket.core.operation.ArchiveFeed;
import dev.rocket.core.operation.ArchiveFolder;
import dev.rocket.core.port.Store;
import dev.rocket.core.usecase.Caller;
import dev.rocket.core.usecase.UseCases;
import java.nio.file.Path;

/** A process that writes and archives until it is killed. */
final class ArchiveVictim {

    private ArchiveVictim() {}

    /** Writes into a file that is told, and archives beside it; says so after each time. */
    public static void main(String[] words) {
        Path db = Path.of(words[0]);
        try (Store store = StoreFile.of(words[0]).open()) {
            UseCases cases = Wiring.useCases(store);
            ArchiveFolder folder = new ArchiveFolder(db.resolveSibling(db.getFileName() + ".feed"));
            ArchiveFeed archive = new ArchiveFeed(store, folder);
            TaskEdit title = TaskEdit.of(new TaskEdit.Title("one more"));
            while (true) {
                for (int i = 0; i < 7; i++) {
                    cases.tasks().create(Caller.system("victim"), title);
                }
                System.out.println(archive.run().last().value());
            }
        }
    }
}
