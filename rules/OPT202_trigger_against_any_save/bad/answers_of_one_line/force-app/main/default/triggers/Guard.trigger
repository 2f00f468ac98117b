trigger Guard on Contact (before update) {
    Schema.DescribeSObjectResult about = Schema.SObjectType.Contact;
    for (Contact person : Trigger.new) {
        if (!about.isAccessible() && partner.Modes.current() == 'strict' && person.Title == null) {
            person.addError('A title is needed.');
        }
    }
}
