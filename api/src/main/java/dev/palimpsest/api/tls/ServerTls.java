package dev.palimpsest.api.tls;

import dev.palimpsest.api.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate that a server shows. One that is renewed in its file is taken up without a
/// restart; while the files hold nothing that can be, the one before is shown.
public final class ServerTls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final TlsFiles files;
    private final InstantSource clock;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();
    private final Thread watcher = Thread.ofVirtual().name("certificate").unstarted(this::watch);
    private Consumer<String> listener = _ -> {};
    private Identity shown;
    private String told = "";

    private ServerTls(TlsFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
        this.shown = Identity.read(files, clock.instant());
        factory.setKeyStore(shown.keyStore());
        factory.setKeyStorePassword(Identity.password());
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        factory.setRenegotiationAllowed(false);
    }

    /// @throws Failure that says in one line what is wrong with the files
    public static ServerTls of(TlsFiles files, InstantSource clock) {
        return new ServerTls(files, clock);
    }

    /// For connections.
    public SslContextFactory.Server factory() {
        return factory;
    }

    /// The names that the certificate vouched for at the start.
    public Set<String> names() {
        return shown.names();
    }

    /// From now on looks whether the files have changed, once connections are made.
    ///
    /// @param certified is told what may be shown, in PEM: at once, and before anything else is
    public void watch(Consumer<String> certified) {
        listener = certified;
        listener.accept(PemFile.text(shown.own()));
        watcher.start();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(BETWEEN_LOOKS);
                look();
            }
        } catch (InterruptedException e) {
            LOG.debug("the server stops, and its certificate is not looked after any more", e);
        }
    }

    private void look() throws InterruptedException {
        try {
            var found = Identity.read(files, clock.instant());
            if (!found.isSameAs(shown)) {
                takeUp(found);
            }
            told = "";
        } catch (InterruptedException e) {
            throw e;
        } catch (Failure e) {
            tell(e.line());
        } catch (Exception e) {
            tell(String.valueOf(e.getMessage()));
            LOG.debug("a certificate could not be taken up", e);
        }
    }

    private void takeUp(Identity found) throws Exception {
        listener.accept(PemFile.text(found.own()) + PemFile.text(shown.own()));
        factory.reload(one -> one.setKeyStore(found.keyStore()));
        listener.accept(PemFile.text(found.own()));
        shown = found;
        LOG.info("a new certificate is shown, valid until {}", found.own().getNotAfter());
    }

    /// Once, however often it is found.
    private void tell(String why) {
        if (!why.equals(told)) {
            told = why;
            LOG.warn("the certificate from before is still shown: {}", why);
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
