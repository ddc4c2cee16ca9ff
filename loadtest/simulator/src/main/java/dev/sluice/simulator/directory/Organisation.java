package dev.sluice.simulator.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A company on the platform: its tier, people and departments. Safe for any thread. */
public final class Organisation {
    private final String corpId;
    private final People people = new People();
    private final Map<Long, Department> departments = new TreeMap<>();
    private volatile String tier;

    Organisation(String corpId, String tier) {
        this.corpId = corpId;
        this.tier = tier;
        departments.put(Department.ROOT, new Department(Department.ROOT, corpId, 0));
    }

    public String corpId() {
        return corpId;
    }

    /** Name of the tier in the limits. */
    public String tier() {
        return tier;
    }

    /** An upgrade; it takes effect at once. */
    public void setTier(String newTier) {
        tier = newTier;
    }

    public People people() {
        return people;
    }

    public synchronized void addDepartment(Department department) {
        if (!departments.containsKey(department.parentId()) || department.id() == Department.ROOT) {
            throw new IllegalArgumentException("department " + department.id() + " needs an existing parent");
        }
        if (subtree(department.id()).contains(department.parentId())) {
            throw new IllegalArgumentException("department " + department.id() + " cannot lie below itself");
        }
        departments.put(department.id(), department);
    }

    /** The department, or null. */
    public synchronized Department department(long id) {
        return departments.get(id);
    }

    /** Direct children. */
    public synchronized List<Department> children(long id) {
        return departments.values().stream().filter(d -> d.parentId() == id).toList();
    }

    /** The department and everything below it. */
    public synchronized List<Long> subtree(long id) {
        List<Long> found = new ArrayList<>(List.of(id));
        for (int i = 0; i < found.size(); i++) {
            children(found.get(i)).forEach(child -> found.add(child.id()));
        }
        return found;
    }
}
