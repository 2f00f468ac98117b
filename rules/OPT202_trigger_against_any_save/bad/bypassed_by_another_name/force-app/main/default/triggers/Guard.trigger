trigger Guard on Contact (before update) {
    Handler.bypass('LeadHandler');
    new ContactHandler().run();
}
