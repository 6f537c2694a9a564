package dev.raceharness.command;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers everybody with one error of PostgreSQL's: the server of the tests trusts everybody. */
final class ServerThatRefuses implements AutoCloseable {

    private static final int ENCRYPTION_REQUEST_LENGTH = 8;

    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final byte[] error;

    ServerThatRefuses(String sqlState, String message) throws IOException {
        var fields = "SFATAL\0VFATAL\0C" + sqlState + "\0M" + message + "\0\0";
        var bytes = new ByteArrayOutputStream();
        var data = new DataOutputStream(bytes);
        data.writeByte('E');
        data.writeInt(Integer.BYTES + fields.length());
        data.write(fields.getBytes(StandardCharsets.US_ASCII));
        this.error = bytes.toByteArray();
        var thread = new Thread(this::serve, "server that refuses");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var client = socket.accept()) {
                refuse(client);
            } catch (IOException e) {
                // The client or the test is done.
            }
        }
    }

    private void refuse(Socket client) throws IOException {
        var in = new DataInputStream(client.getInputStream());
        var out = client.getOutputStream();
        int length;
        while ((length = in.readInt()) == ENCRYPTION_REQUEST_LENGTH) {
            in.readInt();
            out.write('N');
        }
        in.readNBytes(length - Integer.BYTES);
        out.write(error);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
