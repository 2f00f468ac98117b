trigger Guard on Contact (after update) {
    Database.executeBatch(new Mirror());
}
