trigger Guard on Contact (before update) {
    List<Integer> sizes = new List<Integer>();
    partner.Handler handler = partner.Handlers.make('Contact');
    for (Contact person : Trigger.new) {
        sizes.add(handler.run(person));
    }
}
