trigger Guard on Contact (before update) {
    new ContactHandler().run();
}
