trigger Guard on Contact (after update) {
    new Http().send(new HttpRequest());
}
