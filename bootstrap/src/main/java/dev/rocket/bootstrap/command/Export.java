package dev.rocket.bootstrap.command;

import dev.rocket.bootstrap.wiring.ConfigException;
import dev.rocket.core.operation.ExportStore;
import dev.rocket.core.port.Store;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes all of a store as lines of JSON. */
@Command(
        name = "export",
        description = "Write all of a store as lines of JSON.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  rocket export backup.jsonl            into a file that you alone may read",
            "  rocket export | gzip > backup.jsonl.gz",
            "  rocket export | grep '\"kind\":\"task\"'",
            "  rocket import --db new.db backup.jsonl && rocket verify --db new.db",
            "                                        prints the digest of the export",
            "",
            "The first line tells what follows, with a digest of it; then one line an",
            "entity: projects, labels, members, tasks, comments. Tokens stay out. Stop the",
            "server first: an export needs the store for itself. A file is there whole or",
            "not at all. Count and digest are told on standard error."
        })
public final class Export implements Callable<Integer> {

    @Option(names = "--force", description = "Replace FILE when it is there.")
    private boolean force;

    @Option(names = "--db", description = "SQLite file or postgres://…, instead of the settings.")
    private @Nullable String db;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Where to write; standard output when it is missing or -.")
    private @Nullable Path file;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        StoreFile source = StoreFile.of(db);
        Optional<Path> target = Optional.ofNullable(file).filter(f -> !f.toString().equals("-"));
        if (target.isPresent()) {
            check(source, target.get());
        }
        ExportStore.Contents contents;
        try (Store store = source.openExisting();
                Progress progress = new Progress(spec.commandLine().getErr(), "export", -1)) {
            contents =
                    target.isPresent()
                            ? toFile(store, target.get(), progress)
                            : toStandardOutput(store, progress);
        } catch (UncheckedIOException e) {
            throw unwritten(target, e);
        } catch (IOException e) {
            throw unwritten(target, e);
        }
        spec.commandLine()
                .getErr()
                .println(
                        "rocket: exported "
                                + contents.total()
                                + " entities at seq "
                                + contents.seq().value()
                                + ", digest "
                                + contents.digest().print());
        spec.commandLine().getErr().flush();
        return 0;
    }

    private static IOException unwritten(Optional<Path> target, Exception e) {
        String where = target.map(Path::toString).orElse("standard output");
        Throwable cause =
                e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        return new IOException(where + " cannot be written: " + cause.getMessage(), e);
    }

    private void check(StoreFile source, Path target) throws IOException {
        Path folder = target.toAbsolutePath().resolveSibling(".").normalize();
        String flaw = "";
        if (Files.isDirectory(target)) {
            flaw = target + " is a folder; name a file in it.";
        } else if (!Files.isDirectory(folder)) {
            flaw = "The folder " + folder + " does not exist; make it first.";
        } else if (Files.exists(target) && source.isAt(target)) {
            flaw = target + " is the store itself; name another file.";
        } else if (Files.exists(target) && !force) {
            flaw = there(target);
        } else if (Files.exists(target) && !Files.isRegularFile(target)) {
            flaw = target + " is no plain file; leave it out and redirect standard output.";
        }
        if (!flaw.isEmpty()) {
            throw new ConfigException(List.of(flaw));
        }
    }

    private static String there(Path target) {
        return target + " is there already; name another file, or replace it with --force.";
    }

    private ExportStore.Contents toFile(Store store, Path target, Progress progress)
            throws IOException {
        try (OwnerFile owned = new OwnerFile(target)) {
            BufferedWriter[] last = new BufferedWriter[1];
            ExportStore.Contents contents =
                    new ExportStore(store)
                            .run(() -> last[0] = owned.begin(), looked -> tell(progress, looked));
            last[0].flush();
            owned.keep(force);
            return contents;
        } catch (FileAlreadyExistsException e) {
            throw new ConfigException(List.of(there(target)));
        }
    }

    /** The stream itself, since a print stream would keep silent about a full disk. */
    private static ExportStore.Contents toStandardOutput(Store store, Progress progress)
            throws IOException {
        BufferedWriter out =
                new BufferedWriter(
                        new OutputStreamWriter(
                                new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8),
                        1 << 16);
        boolean[] begun = {false};
        ExportStore.Contents contents =
                new ExportStore(store)
                        .run(
                                () -> {
                                    if (begun[0]) {
                                        throw new IOException("the export began anew; discard it");
                                    }
                                    begun[0] = true;
                                    return out;
                                },
                                looked -> tell(progress, looked));
        out.flush();
        return contents;
    }

    private static void tell(Progress progress, long looked) {
        progress.to(0, looked);
    }
}
