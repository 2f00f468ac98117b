trigger Guard on Contact (before update) {
    Handler.bypass('ContactHandler');
    new ContactHandler().run();
}
