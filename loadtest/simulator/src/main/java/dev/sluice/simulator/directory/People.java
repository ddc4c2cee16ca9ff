package dev.sluice.simulator.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The people of one organisation, each with a small index that stands for them in counters and in the ledger.
 *
 * <p>A million people are one range. Ids that nobody has get an index too when they are first named (they are
 * {@link Standing#UNKNOWN}), so that the ledger can tell about them. Safe for any thread.
 */
public final class People {
    private static final long MOBILE_BASE = 13_000_000_000L;
    private static final int RANGE_DIGITS = 6;

    private final List<PeopleRange> ranges = new ArrayList<>();
    private final Map<String, Integer> namedIndexes = new HashMap<>();
    private final Map<Integer, Named> named = new HashMap<>();
    private final Map<Integer, Standing> exceptions = new HashMap<>();
    private final Map<String, Integer> mobiles = new HashMap<>();
    private final Map<Integer, String> ownMobiles = new HashMap<>();
    private int size;

    private record Named(String userid, long departmentId, Standing standing) {}

    /** Adds {@code prefix000001} to {@code prefix<count>} as members of the root department. */
    public void addRange(String prefix, int count) {
        addRange(prefix, 1, count, Department.ROOT, Standing.MEMBER);
    }

    /** Adds {@code count} people, numbered from {@code first} with at least six digits. */
    public synchronized void addRange(String prefix, int first, int count, long departmentId, Standing standing) {
        if (prefix.isEmpty() || first < 0 || count <= 0 || count > 100_000_000) {
            throw new IllegalArgumentException("a range needs a prefix, first >= 0 and 1 to 100000000 people");
        }
        PeopleRange range = new PeopleRange(prefix, first, count, RANGE_DIGITS, size, departmentId, standing);
        ranges.add(range);
        size += count;
        named.replaceAll((index, person) -> movedInto(range, person));
    }

    /** Somebody added by name before the range came stays as they are, but under the range's index only. */
    private Named movedInto(PeopleRange range, Named person) {
        int index = range.indexOf(person.userid(), 0, person.userid().length());
        if (index < 0) {
            return person;
        }
        if (person.standing() != Standing.UNKNOWN) {
            exceptions.put(index, person.standing());
        }
        return new Named(person.userid(), person.departmentId(), Standing.UNKNOWN);
    }

    /** Adds one person, or moves an existing one. */
    public synchronized void add(String userid, long departmentId, Standing standing) {
        int index = indexOf(userid, 0, userid.length());
        Named person = named.get(index);
        if (person == null) {
            exceptions.put(index, standing);
        } else {
            exceptions.remove(index);
            named.put(index, new Named(userid, departmentId, standing));
        }
    }

    /** Adds one ordinary person to the root department. */
    public void add(String userid) {
        add(userid, Department.ROOT, Standing.MEMBER);
    }

    /** Changes how an existing person stands. */
    public synchronized void setStanding(String userid, Standing standing) {
        int index = indexOf(userid, 0, userid.length());
        exceptions.put(index, standing);
    }

    /** Gives a person a mobile number; without, it is 13000000000 plus the person's index. */
    public synchronized void setMobile(String userid, String mobile) {
        int index = indexOf(userid, 0, userid.length());
        mobiles.remove(ownMobiles.put(index, mobile));
        mobiles.put(mobile, index);
    }

    /** Index of the person whose id stands in {@code text[from, to)}; never fails. */
    public synchronized int indexOf(String text, int from, int to) {
        for (PeopleRange range : ranges) {
            int index = range.indexOf(text, from, to);
            if (index >= 0) {
                return index;
            }
        }
        String userid = text.substring(from, to);
        Integer index = namedIndexes.get(userid);
        return index != null ? index : remember(userid);
    }

    /** Index of a person. */
    public int indexOf(String userid) {
        return indexOf(userid, 0, userid.length());
    }

    private int remember(String userid) {
        int index = size++;
        namedIndexes.put(userid, index);
        named.put(index, new Named(userid, Department.ROOT, Standing.UNKNOWN));
        return index;
    }

    public synchronized Standing standing(int index) {
        if (!exceptions.isEmpty()) {
            Standing exception = exceptions.get(index);
            if (exception != null) {
                return exception;
            }
        }
        PeopleRange range = rangeOf(index);
        return range != null ? range.standing() : named.get(index).standing();
    }

    public synchronized String userid(int index) {
        PeopleRange range = rangeOf(index);
        return range != null ? range.userid(index) : named.get(index).userid();
    }

    public synchronized long departmentId(int index) {
        PeopleRange range = rangeOf(index);
        return range != null ? range.departmentId() : named.get(index).departmentId();
    }

    /** The person behind a mobile number, or -1. */
    public synchronized int indexOfMobile(String mobile) {
        Integer own = mobiles.get(mobile);
        if (own != null) {
            return own;
        }
        if (mobile.length() != 11 || !mobile.chars().allMatch(Character::isDigit)) {
            return -1;
        }
        long index = Long.parseLong(mobile) - MOBILE_BASE;
        return index >= 0 && index < size && !ownMobiles.containsKey((int) index) ? (int) index : -1;
    }

    /** The mobile number of a person. */
    public synchronized String mobile(int index) {
        String own = ownMobiles.get(index);
        return own != null ? own : Long.toString(MOBILE_BASE + index);
    }

    /** Calls back with every index, strangers included. */
    public synchronized void forEachIn(long departmentId, IntConsumer action) {
        for (PeopleRange range : ranges) {
            if (range.departmentId() == departmentId) {
                for (int i = 0; i < range.count(); i++) {
                    action.accept(range.base() + i);
                }
            }
        }
        named.forEach((index, person) -> {
            if (person.departmentId() == departmentId && standing(index) != Standing.UNKNOWN) {
                action.accept(index);
            }
        });
    }

    /** Indexes given out so far: people and strangers. */
    public synchronized int size() {
        return size;
    }

    private PeopleRange rangeOf(int index) {
        for (PeopleRange range : ranges) {
            if (range.contains(index)) {
                return range;
            }
        }
        return null;
    }
}
