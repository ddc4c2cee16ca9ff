package dev.sluice.loadtest.chart;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** What a value axis counts. */
public enum Unit {
    /** Things, or things a second. */
    COUNT {
        @Override
        public String text(double value) {
            return plain(value);
        }

        @Override
        String tick(double value) {
            if (value >= MILLION) {
                return round(value / MILLION) + "M";
            }
            return value >= MANY ? round(value / THOUSAND) + "k" : round(value);
        }
    },
    /** Milliseconds. */
    MILLIS {
        @Override
        public String text(double value) {
            return value >= THOUSAND ? plain(value / THOUSAND) + " s" : plain(value) + " ms";
        }

        @Override
        String tick(double value) {
            return value >= THOUSAND ? round(value / THOUSAND) + " s" : round(value) + " ms";
        }
    },
    /** A part of 1. */
    SHARE {
        @Override
        public String text(double value) {
            return plain(value * 100) + " %";
        }

        @Override
        String tick(double value) {
            return round(value * 100) + " %";
        }
    },
    /** Bytes; ticks fall on powers of two. */
    BYTES {
        @Override
        public String text(double value) {
            double scaled = value;
            int power = 0;
            while (scaled >= 1_024 && power < BYTE_NAMES.length - 1) {
                scaled /= 1_024;
                power++;
            }
            return plain(scaled) + " " + BYTE_NAMES[power];
        }
    };

    private static final double THOUSAND = 1_000;
    private static final double MANY = 10_000;
    private static final double MILLION = 1_000_000;
    private static final String[] BYTE_NAMES = {"B", "KiB", "MiB", "GiB", "TiB"};

    /** A value with three digits or more, for tables and read-outs. */
    public abstract String text(double value);

    /** A round value beside the axis, as short as it can be. */
    String tick(double value) {
        return text(value);
    }

    private static String plain(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** Without decimals that say nothing. */
    private static String round(double value) {
        return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}
